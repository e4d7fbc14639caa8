export { application } from './application.js';
