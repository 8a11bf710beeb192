import type { AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate';
import type { ConnectionStatus, TokenAnswer } from 'connection-machine';
import { createWorld, type World } from '../../../support/world.ts';

/** A world for `longStory`: its App Server answers when the story says so. */
export function storyWorld() {
  const pending: ((answer: TokenAnswer) => void)[] = [];
  const world = createWorld({ fetchToken: () => new Promise((resolve) => void pending.push(resolve)) });
  return { world, answer: (token: string) => pending.shift()?.(token) };
}

/** One life of a connection that goes through every status there is. Returns those that it went through. */
export async function longStory({ world, answer }: ReturnType<typeof storyWorld>): Promise<Set<ConnectionStatus>> {
  const { connection, transport, signals, clock, settle } = world;
  const seen = new Set<ConnectionStatus>([world.status]);
  const stop = connection.subscribe(({ status }) => void seen.add(status));
  connection.connect();
  await settle();
  answer('token-1');
  await settle();
  transport.last.succeed('alice');
  transport.last.openDatabase();
  await clock.advance(11_000);
  transport.last.interrupt({ kind: 'network' });
  await settle();
  transport.last.succeed('alice');
  transport.last.fail({ kind: 'network', code: 1006 });
  await settle();
  signals.network(false);
  await settle();
  signals.network(true);
  await clock.advance(2_000);
  transport.last.fail({ kind: 'tokenIncorrect', code: 31004 });
  await settle();
  answer('token-2');
  await settle();
  transport.last.succeed('alice');
  transport.last.fail({ kind: 'kicked', code: 31010 });
  await settle();
  connection.connect();
  await clock.advance(6_000);
  connection.retry();
  await settle();
  transport.last.fail({ kind: 'blocked', code: 31009 });
  await settle();
  transport.options = { slowClose: true };
  connection.connect();
  await settle();
  transport.last.succeed('alice');
  const gone = connection.disconnect({ logout: true });
  await settle();
  transport.last.settleClose();
  await gone;
  stop();
  return seen;
}

/** What XState 5 itself says of every step: the event, and the ids of all active states. Nothing of our inspector takes part in it. */
export function whatXStateSays({ connection }: World) {
  const said: { readonly event: string; readonly active: readonly string[] }[] = [];
  const actor: unknown = connection.actor;
  connection.actor.system.inspect({
    next(event) {
      if (event.type !== '@xstate.snapshot' || event.actorRef !== actor) return;
      said.push({ event: event.event.type, active: idsOf(event.snapshot as AnyMachineSnapshot) });
    },
  });
  return said;
}

/** The machine that runs in a world. */
export const machineIn = ({ connection }: World) => (connection.actor as unknown as { logic: AnyStateMachine }).logic;

/** A machine's states, the machine itself first. */
export const nodesIn = ({ root }: Pick<AnyStateMachine, 'root'>): AnyStateNode[] => {
  const below = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(below)];
  return below(root);
};

/** The ids of a snapshot's active states. */
export const idsOf = ({ _nodes }: AnyMachineSnapshot): string[] => _nodes.map(({ id }) => id).sort();
