// Model of @auth/core/providers/mailru, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("mailru", "Mail.ru", "oauth");
