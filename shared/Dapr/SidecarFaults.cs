using System.Net;
using System.Text;
using System.Text.Json;

namespace Splitrail.Dapr;

/// <summary>
/// Reads a failed answer. The sidecar reports nearly everything as 500; only its JSON <c>errorCode</c> tells its own faults from the app's,
/// and only the message tells a cut call from an open breaker.
/// </summary>
internal static class SidecarFaults
{
    private const string InvokeCode = "ERR_DIRECT_INVOKE";

    public static DaprFault Read(HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        var text = Text(body);
        if (status == HttpStatusCode.Unauthorized && text.StartsWith("invalid api token", StringComparison.Ordinal))
            return new(DaprFaultKind.Refused, status, null, text);
        return ReadError(body) is var (code, message)
            ? new(Classify(status, code, message), status, code, text)
            : new(DaprFaultKind.AppError, status, null, text);
    }

    /// <summary>Two sidecars can stand between caller and app, so the same trouble has several texts; all were seen on daprd 1.16.</summary>
    private static DaprFaultKind Classify(HttpStatusCode status, string code, string message)
    {
        if (message.Contains("context deadline exceeded", StringComparison.Ordinal) || message.Contains("code = DeadlineExceeded", StringComparison.Ordinal))
            return DaprFaultKind.Timeout;
        if (message.Contains("circuit breaker is open", StringComparison.Ordinal) || message.EndsWith("too many requests", StringComparison.Ordinal))
            return DaprFaultKind.CircuitOpen;
        if (code == InvokeCode)
        {
            return IsUnknownApp(message) ? DaprFaultKind.UnknownApp
                : status == HttpStatusCode.InternalServerError && !message.Contains("stream too large", StringComparison.Ordinal) ? DaprFaultKind.AppDown
                : DaprFaultKind.Refused;
        }

        if (status == HttpStatusCode.Conflict || (code is "ERR_STATE_TRANSACTION" or "ERR_STATE_SAVE" && IsRefusedWrite(message)))
            return IsLostStore(message) ? DaprFaultKind.ComponentError : DaprFaultKind.Conflict;
        return (int)status < 500 || code.EndsWith("_NOT_CONFIGURED", StringComparison.Ordinal) ? DaprFaultKind.Refused : DaprFaultKind.ComponentError;
    }

    /// <summary>The words depend on how names are found: mDNS says the first, SQLite the second, Kubernetes the third.</summary>
    private static bool IsUnknownApp(string message) =>
        message.Contains("couldn't find service", StringComparison.Ordinal)
        || message.EndsWith("no host found with the given ID", StringComparison.Ordinal)
        || message.Contains("failed to resolve address for", StringComparison.Ordinal);

    /// <summary>A transaction's conflict is a 500, and Redis tells it by the name of its script.</summary>
    private static bool IsRefusedWrite(string message) =>
        message.Contains("etag mismatch", StringComparison.Ordinal) || message.Contains("user_script", StringComparison.Ordinal);

    /// <summary>A delete on a lost Redis answers 409 "possible etag mismatch" although nothing was compared.</summary>
    private static bool IsLostStore(string message) =>
        message.Contains("connection re", StringComparison.Ordinal) || message.Contains("i/o timeout", StringComparison.Ordinal) || message.EndsWith("EOF", StringComparison.Ordinal);

    private static (string Code, string Message)? ReadError(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || body[0] != '{')
            return null;
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            return root.TryGetProperty("errorCode", out var code) && code.GetString() is { } name && name.StartsWith("ERR_", StringComparison.Ordinal)
                ? (name, root.TryGetProperty("message", out var message) ? message.GetString() ?? "" : "")
                : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not the sidecar's error shape, so the app's own words: the raw text is kept in the fault.
            return null;
        }
    }

    private static string Text(ReadOnlySpan<byte> body) => Encoding.UTF8.GetString(body[..Math.Min(body.Length, DaprFault.MaxTextLength)]);
}
