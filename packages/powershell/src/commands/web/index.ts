import type { CmdletDescription } from '../description.ts';
import { invokeRestMethod } from './invoke-rest-method.ts';
import { invokeWebRequest } from './invoke-web-request.ts';

export const webCmdlets: readonly CmdletDescription[] = [invokeRestMethod, invokeWebRequest];
