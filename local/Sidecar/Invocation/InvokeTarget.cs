using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>Whom a request wants to call.</summary>
/// <param name="Id">As the caller wrote it; it appears in error messages.</param>
/// <param name="AppId">Without a namespace; empty for a plain address.</param>
/// <param name="Path">Path and query at the callee, byte for byte as sent.</param>
internal sealed record InvokeTarget(string Id, string AppId, string Path)
{
    private const string Prefix = "/v1.0/invoke/";

    /// <summary>Path without query: breakers are kept per path.</summary>
    public string PathOnly { get; } = Path.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? Path[..query] : Path;

    /// <summary>True for <c>http://…</c> in the place of an app id.</summary>
    public bool IsAddress => AppId.Length == 0;

    /// <summary><c>/v1.0/invoke/{id}/method/{path}</c>.</summary>
    public static bool TryParse(string rawTarget, [NotNullWhen(true)] out InvokeTarget? target)
    {
        target = null;
        if (!rawTarget.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var method = rawTarget.IndexOf("/method/", Prefix.Length, StringComparison.Ordinal);
        if (method <= Prefix.Length)
            return false;
        var id = rawTarget[Prefix.Length..method];
        var isAddress = id.StartsWith("http://", StringComparison.Ordinal) || id.StartsWith("https://", StringComparison.Ordinal);
        if (!isAddress && id.Contains('/', StringComparison.Ordinal))
            return false;
        target = Of(id, "/" + rawTarget[(method + "/method/".Length)..].TrimStart('/'));
        return true;
    }

    /// <summary>The header <c>dapr-app-id</c>, or the user of basic authentication.</summary>
    public static bool TryReadHeader(HttpRequest request, string rawTarget, [NotNullWhen(true)] out InvokeTarget? target)
    {
        target = null;
        var id = request.Headers["dapr-app-id"].ToString();
        if (id.Length == 0 && !TryReadBasic(request.Headers.Authorization.ToString(), out id))
            return false;
        target = Of(id, rawTarget);
        return true;
    }

    private static InvokeTarget Of(string id, string path)
    {
        if (id.StartsWith("http", StringComparison.Ordinal) && id.Contains("://", StringComparison.Ordinal))
            return new InvokeTarget(id, "", path);
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return new InvokeTarget(id, dot > 0 ? id[..dot] : id, path);
    }

    private static bool TryReadBasic(string authorization, out string id)
    {
        id = "";
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return false;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization["Basic ".Length..].Trim(), bytes, out var length))
            return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        if (!pair.StartsWith("dapr-app-id:", StringComparison.Ordinal))
            return false;
        id = pair["dapr-app-id:".Length..];
        return id.Length > 0;
    }
}
