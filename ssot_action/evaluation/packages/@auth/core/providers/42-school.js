// Model of @auth/core/providers/42-school, checked against 0.37.4 and 0.41.3.
import { provider } from "./_provider.js";

export default provider("42-school", "42 School", "oauth");
