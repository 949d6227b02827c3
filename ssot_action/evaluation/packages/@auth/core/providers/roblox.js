// Model of @auth/core/providers/roblox, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("roblox", "Roblox", "oidc");
