import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How one call is answered: with the socket at hand, so that an answer can also be broken. */
export type Reply = (response: ServerResponse, socket: Socket) => void;
