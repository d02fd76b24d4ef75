using System.Text;

namespace Splitrail.Dapr;

public sealed partial class DaprClient
{
    /// <summary>Calls <c>GET /path</c> of another app, for what people look at: its health, its metrics.</summary>
    /// <param name="appId">Who is called; of several replicas one answers.</param>
    /// <param name="path">Absolute path at the callee.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public async Task<DaprResult<string>> InvokeGetAsync(string appId, string path, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, InvokeUri(appId, path));
        using var answer = await SendAsync(appId, request, cancellationToken).ConfigureAwait(false);
        return answer.Fault is { } fault ? fault : Encoding.UTF8.GetString(answer.Body);
    }
}
