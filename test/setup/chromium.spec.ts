import { findChromium } from './scripts';

const only =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

describe('the search for Chromium', () => {
  it('takes TUNELAB_CHROMIUM before an installed one', () => {
    const env = { TUNELAB_CHROMIUM: '/my/chrome', PATH: '/usr/bin' };
    expect(findChromium(env, 'linux', only('/my/chrome', '/usr/bin/chromium'))).toBe('/my/chrome');
  });

  it('refuses a TUNELAB_CHROMIUM that does not exist, even if another is installed', () => {
    const env = { TUNELAB_CHROMIUM: '/my/chrome', PATH: '/usr/bin' };
    expect(() => findChromium(env, 'linux', only('/usr/bin/chromium'))).toThrow(
      /TUNELAB_CHROMIUM names \/my\/chrome, but there is no such file/
    );
  });

  it('takes chromium before chrome, wherever on the PATH they are', () => {
    const env = { PATH: '/usr/local/bin:/usr/bin' };
    const exists = only('/usr/local/bin/google-chrome', '/usr/bin/chromium');
    expect(findChromium(env, 'linux', exists)).toBe('/usr/bin/chromium');
  });

  it('looks where installers put it on Linux, macOS and Windows', () => {
    expect(findChromium({}, 'linux', only('/snap/bin/chromium'))).toBe('/snap/bin/chromium');
    const mac = '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findChromium({ HOME: '/Users/ada' }, 'darwin', only(mac))).toBe(mac);
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const env = { ProgramFiles: 'C:\\Program Files', Path: 'C:\\bin' };
    expect(findChromium(env, 'win32', only(windows))).toBe(windows);
  });

  it('is null when there is none', () => {
    expect(findChromium({ PATH: '/usr/bin' }, 'linux', only())).toBeNull();
  });
});
