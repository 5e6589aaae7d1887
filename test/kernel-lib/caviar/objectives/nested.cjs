/** Of the space of `nestedKept.spec.ts`; may change what it was given. */
exports.objective = ({ optimizer, units }) => {
  const value =
    Math.abs(Math.log10(optimizer.learningRate) + 2) + (optimizer.beta1 ?? 0) + units.length / 10;
  optimizer.learningRate = 0;
  units.push(1);
  return value;
};
