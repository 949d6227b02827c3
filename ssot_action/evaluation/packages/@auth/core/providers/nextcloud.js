// Model of @auth/core/providers/nextcloud, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("nextcloud", "Nextcloud", "oauth");
