using System.Collections.Concurrent;
using System.Text;
using Splitrail.Dapr;
using Splitrail.Local.Sidecar.Faults;
using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar.Invocation;

/// <summary>Service invocation: the hot path. Body and answer are held whole, because a retry needs the one and a timeout must be able to replace the other.</summary>
internal sealed class InvokeApi(SidecarOptions options, AddressBook addresses, AppChannel channel, PolicyBook policies, FaultTable faults)
{
    private const int RememberedAddresses = 1024;

    /// <summary>Parsing an address costs more than the look-up; paths of the data plane are few and fixed.</summary>
    private readonly ConcurrentDictionary<(string Base, string Path), Uri> _uris = new();

    public async Task InvokeAsync(HttpContext context, InvokeTarget target, Trace trace)
    {
        var (body, tooLarge) = await ApiCall.ReadBodyAsync(context.Request, options.MaxBodySize).ConfigureAwait(false);
        using var owned = body;
        if (tooLarge)
        {
            context.Response.Headers.Connection = "close";
            await ApiError.Invoke(target.Id, "stream too large").WriteAsync(context.Response).ConfigureAwait(false);
            return;
        }

        var guard = target.IsAddress ? Guard.None : policies.ForApp(target.AppId, target.PathOnly);
        var call = new Call(this, context.Request, target, trace, body);
        var outcome = await guard.CallAsync(static (one, token) => one.Owner.SendAsync(one, token), call, context.RequestAborted).ConfigureAwait(false);
        if (outcome.Value is AppAnswer answer && outcome.Error is null)
        {
            using (answer)
                await answer.WriteAsync(context.Response, context.Request.Method == "HEAD").ConfigureAwait(false);
        }
        else
        {
            await ApiError.Invoke(target.Id, outcome.Error!).WriteAsync(context.Response).ConfigureAwait(false);
        }
    }

    private async ValueTask<CallOutcome> SendAsync(Call call, CancellationToken cancellationToken)
    {
        if (await faults.ActAsync(call.Target.AppId, call.Target.PathOnly, Invented, cancellationToken).ConfigureAwait(false) is { } injected)
            return injected;
        if (call.Target.IsAddress)
            return await SendAsync(call, call.Target.Id, "", cancellationToken).ConfigureAwait(false) is var (direct, _) ? direct : default;
        if (addresses.Find(call.Target.AppId) is not { } instances)
            return CallOutcome.Failed($"couldn't find service: {call.Target.AppId}");
        var isSelf = call.Target.AppId == options.AppId;
        if (instances.Addresses.Count == 0)
            return CallOutcome.Failed(isSelf ? "cannot invoke local endpoint: app channel not initialized" : "rpc error: code = Internal desc = app channel is not initialized");
        CallOutcome outcome = default;
        for (var attempt = 0; attempt < instances.Addresses.Count; attempt++)
        {
            var instance = instances.Next();
            (outcome, var refused) = await SendAsync(
                call, instances.Addresses[instance], isSelf ? "" : "rpc error: code = Internal desc = error invoking app channel: ", cancellationToken).ConfigureAwait(false);
            if (!refused)
                return outcome;
            // Nobody saw the request, so another replica may have it.
            instances.Refused(instance);
        }

        return outcome;
    }

    private async Task<(CallOutcome Outcome, bool Refused)> SendAsync(Call call, string address, string faultPrefix, CancellationToken cancellationToken)
    {
        var uri = Address(address, call.Target.Path);
        using var request = new HttpRequestMessage(Verb(call.Request.Method), uri);
        call.Fill(request, options);
        PooledBuffer? body = null;
        try
        {
            using var response = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
            body = new PooledBuffer((int)Math.Clamp(response.Content.Headers.ContentLength ?? 4096, 64, 1 << 22) + 1);
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await body.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            var answer = new AppAnswer((int)response.StatusCode, response.Headers.NonValidated, response.Content.Headers.NonValidated, body);
            return (new CallOutcome(answer.Status, answer, null), false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            body?.Dispose();
            return (CallOutcome.Failed(faultPrefix + AppChannel.Describe(fault, call.Request.Method, uri)), AppChannel.IsRefused(fault));
        }
        catch (OperationCanceledException)
        {
            body?.Dispose();
            throw;
        }
    }

    private static CallOutcome Invented(int status, string text)
    {
        var body = new PooledBuffer(text.Length + 1);
        body.Advance(Encoding.UTF8.GetBytes(text, body.GetSpan(Encoding.UTF8.GetByteCount(text))));
        return new CallOutcome(status, new AppAnswer(status, default, default, body), null);
    }

    private Uri Address(string baseAddress, string path)
    {
        if (_uris.TryGetValue((baseAddress, path), out var known))
            return known;
        // The path must arrive byte for byte: no decoding, no folding of dots.
        var uri = new Uri(baseAddress + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        if (_uris.Count < RememberedAddresses)
            _uris.TryAdd((baseAddress, path), uri);
        return uri;
    }

    private static HttpMethod Verb(string verb) => verb switch
    {
        "POST" => HttpMethod.Post,
        "GET" => HttpMethod.Get,
        _ => HttpMethod.Parse(verb),
    };

    /// <summary>What every attempt sends again.</summary>
    private sealed record Call(InvokeApi Owner, HttpRequest Request, InvokeTarget Target, Trace Trace, PooledBuffer? Body)
    {
        public void Fill(HttpRequestMessage message, SidecarOptions options)
        {
            if (Body is not null || Request.Method is "POST" or "PUT" or "PATCH")
                message.Content = new ReadOnlyMemoryContent(Body?.Memory ?? default);
            foreach (var (name, values) in Request.Headers)
            {
                if (HopHeaders.IsOfConnection(name) || IsReplaced(name, options))
                    continue;
                if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                    message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }

            message.Headers.TryAddWithoutValidation("Traceparent", Trace.Parent);
            if (options.AppApiToken is { } token)
                message.Headers.TryAddWithoutValidation("Dapr-Api-Token", token);
            if (!Target.IsAddress && Target.AppId != options.AppId)
                AddOrigin(message, options);
        }

        private static bool IsReplaced(string name, SidecarOptions options) =>
            name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
            || name.Equals("traceparent", StringComparison.OrdinalIgnoreCase)
            || ((options.ApiToken ?? options.AppApiToken) is not null && name.Equals("dapr-api-token", StringComparison.OrdinalIgnoreCase));

        private void AddOrigin(HttpRequestMessage message, SidecarOptions options)
        {
            message.Headers.TryAddWithoutValidation("Dapr-Caller-App-Id", options.AppId);
            message.Headers.TryAddWithoutValidation("Dapr-Caller-Namespace", "default");
            message.Headers.TryAddWithoutValidation("Dapr-Callee-App-Id", Target.AppId);
            message.Headers.TryAddWithoutValidation("Forwarded", "for=127.0.0.1;by=127.0.0.1;host=localhost");
            message.Headers.TryAddWithoutValidation("X-Forwarded-For", "127.0.0.1");
            message.Headers.TryAddWithoutValidation("X-Forwarded-Host", "localhost");
        }
    }
}
