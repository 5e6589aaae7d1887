import './base.css';
import './forms.css';
import './controls.css';
import './studies.css';
import './journal.css';
