// Model of @auth/core/providers/bungie, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("bungie", "Bungie", "oauth");
