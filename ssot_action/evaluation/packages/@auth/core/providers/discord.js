// Model of @auth/core/providers/discord, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("discord", "Discord", "oauth");
