// A module that was taken for an adapter.
export const adapter = {};
