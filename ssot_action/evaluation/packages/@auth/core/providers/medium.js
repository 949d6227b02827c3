// Model of @auth/core/providers/medium, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("medium", "Medium", "oauth");
