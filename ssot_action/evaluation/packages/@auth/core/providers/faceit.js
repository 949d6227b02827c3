// Model of @auth/core/providers/faceit, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("faceit", "FACEIT", "oauth");
