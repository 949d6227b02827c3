// Model of @auth/core/providers/concept2, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("concept2", "Concept2", "oauth");
