// Model of @auth/core/providers/gitlab, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("gitlab", "GitLab", "oauth");
