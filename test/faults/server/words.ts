// What the server says where it is asked for words.
export const SAID = 'A red bicycle leans against a wall.';
