// Model of @auth/core/providers/workos, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("workos", "WorkOS", "oauth");
