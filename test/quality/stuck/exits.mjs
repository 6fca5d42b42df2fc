import process from 'node:process';
import { failing } from './queue.mjs';

export default failing('exits', () => process.exit(7));
