// The shape that the models of @auth/core/providers/* share, checked against 0.37.4 and 0.41.3:
// which provider it is, of which type, and the options it was given.
// Left out: endpoints and profiles, which are used only while someone signs in.
export function provider(id, name, type) {
  return (options) => ({ id, name, type, options });
}
