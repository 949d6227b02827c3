// Model of @auth/core/providers/mattermost, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("mattermost", "Mattermost", "oauth");
