import { byId } from './dom.ts';

/**
 * The inspector's viewer, docked below the app. It is a script of its own, loaded when somebody opens it, and shows the connections of all
 * tabs of this page: they tell each other over a channel of this origin.
 */
export function showInspector(): void {
  const dock = byId('inspector', HTMLElement);
  const button = byId('inspect', HTMLButtonElement);
  let viewer: Promise<{ close(): void }> | undefined;

  const toggle = (isOpen: boolean) => {
    dock.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      viewer ??= mount();
      // on a narrow screen it is below everything else
      dock.scrollIntoView({ block: 'nearest' });
      viewer.catch(() => (viewer = undefined));
      return;
    }
    void viewer?.then(({ close }) => close());
    viewer = undefined;
    button.focus();
  };
  button.onclick = () => toggle(Boolean(dock.hidden));
  byId('inspector-close', HTMLButtonElement).onclick = () => toggle(false);
}

async function mount(): Promise<{ close(): void }> {
  const { mountPlaygroundViewer } = await import('./mountPlaygroundViewer.ts');
  return mountPlaygroundViewer(byId('viewer', HTMLElement));
}
