import { manualSignals } from 'connection-machine/testing';
import { expect, test, vi } from 'vitest';

test('everybody who listens is told, until they stop', () => {
  const signals = manualSignals();
  const report = {
    network: vi.fn<(online: boolean) => void>(),
    app: vi.fn<(foreground: boolean) => void>(),
    woke: vi.fn<(ms: number) => void>(),
  };
  const stop = signals.subscribe(report);
  expect(signals.listeners).toBe(1);
  signals.network(false);
  signals.app(true);
  signals.woke(60_000);
  stop();
  signals.network(true);
  expect([report.network.mock.calls, report.app.mock.calls, report.woke.mock.calls]).toEqual([[[false]], [[true]], [[60_000]]]);
  expect(signals.listeners).toBe(0);
});

test('who comes while it is offline is told at once, as by a real platform', () => {
  const signals = manualSignals();
  signals.network(false);
  const network = vi.fn<(online: boolean) => void>();
  signals.subscribe({ network, app: () => undefined, woke: () => undefined });
  expect(network.mock.calls).toEqual([[false]]);
});
