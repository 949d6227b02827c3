// Model of @auth/core/providers/yandex, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("yandex", "Yandex", "oauth");
