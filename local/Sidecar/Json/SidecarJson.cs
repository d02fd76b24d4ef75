using System.Text.Json.Serialization;

namespace Splitrail.Local.Sidecar.Json;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SidecarJson : JsonSerializerContext;
