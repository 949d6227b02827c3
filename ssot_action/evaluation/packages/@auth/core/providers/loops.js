// Model of @auth/core/providers/loops, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("loops", "Loops", "email");
