// Who is measured. Table and chart name them so, and know the colours.

/** This package's node. */
export const OURS = 'This package';
/** The OpenAI node that comes with n8n. */
export const N8N_OPENAI = 'n8n’s OpenAI node';
/** What people build without a node for it. */
export const LOOP = 'HTTP Request, Wait, If';
/** The same without waiting: HTTP Request, and what makes a file of its answer. All items go out at once. */
export const HTTP_REQUEST = 'HTTP Request, all at once';
/** A loop that asks for each task alone. */
export const EVERY_FIVE_SECONDS = 'Each one every 5 s';
/** A node that sends the same request by n8n's HTTP helper, which all nodes have to use, and stores the picture. */
export const HELPER = 'n8n’s HTTP helper alone';
/** A node that sends the same requests by undici and stores the pictures: nothing in n8n can be faster. */
export const FLOOR = 'Floor (undici)';
