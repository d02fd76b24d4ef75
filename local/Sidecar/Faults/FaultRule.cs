using System.Text.Json.Serialization;

namespace Splitrail.Local.Sidecar.Faults;

/// <summary>What shall go wrong. Applied inside the policies, so that timeouts, retries and breakers see it.</summary>
/// <param name="Target">An app id, or the name of a component.</param>
/// <param name="Path">Only this path of an app, or this topic of a broker; null means all.</param>
/// <param name="DelayMs">Waits so long first.</param>
/// <param name="Error">Ends the call with this text, as if nobody had answered; null lets it through.</param>
/// <param name="Status">The app's answer is replaced by this status; null leaves it.</param>
/// <param name="Body">The body of the replaced answer.</param>
/// <param name="Times">So many calls, then it is over; 0 until it is deleted.</param>
internal sealed record FaultRule(string Target, string? Path = null, int DelayMs = 0, string? Error = null, int? Status = null, string? Body = null, int Times = 0);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FaultRule))]
internal sealed partial class FaultJson : JsonSerializerContext;
