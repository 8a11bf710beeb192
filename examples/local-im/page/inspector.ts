// The inspector in a tab of its own, for two windows side by side.
import { byId } from './dom.ts';
import { mountPlaygroundViewer } from './mountPlaygroundViewer.ts';

mountPlaygroundViewer(byId('viewer', HTMLElement));
