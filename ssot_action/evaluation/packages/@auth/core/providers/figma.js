// Model of @auth/core/providers/figma, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("figma", "Figma", "oauth");
