/**
 * How requests about a resource type are read.
 * `entra` takes, beside RFC 7643 and 7644, what Microsoft's clients send (dialect sheet 1 and 2), and is the default.
 * `strict` takes what the RFCs define and refuses the rest with their error words, so that a client's author sees each slip.
 * What `strict` does not refuse it takes for what it says: an empty text is a value, JSON text in a role is a text.
 */
export type ScimProfile = 'entra' | 'strict';
