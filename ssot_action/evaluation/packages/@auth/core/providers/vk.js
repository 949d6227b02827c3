// Model of @auth/core/providers/vk, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("vk", "VK", "oauth");
