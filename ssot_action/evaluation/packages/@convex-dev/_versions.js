// Which version of a package a project uses decides some of what the models here compute: they ask
// since(package, version), "is it that version or a later one?".
// The answer is the newest version's for as long as nobody knows the project's own.
export function since(_packageName, _version) {
  return true;
}
