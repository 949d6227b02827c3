// Model of @auth/core/providers/patreon, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("patreon", "Patreon", "oauth");
