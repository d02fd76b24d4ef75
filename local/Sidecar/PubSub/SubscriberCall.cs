using System.Net.Http.Headers;
using System.Text.Json;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.Json;
using Splitrail.Local.Sidecar.Resiliency;

namespace Splitrail.Local.Sidecar.PubSub;

/// <summary>What is posted to a subscriber.</summary>
/// <param name="Pubsub">The component, told in a header.</param>
/// <param name="Route">Path at the app.</param>
/// <param name="Body">One envelope or many.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Parent">Trace parent.</param>
/// <param name="Metadata">Of the publish call, as a JSON object; it becomes headers.</param>
internal sealed record SubscriberPost(string Pubsub, string Route, byte[] Body, string ContentType, string Parent, string Metadata);

/// <summary>One attempt to hand something to the app.</summary>
internal sealed class SubscriberCall(SidecarOptions options, AppChannel channel, AppWatch app)
{
    /// <param name="post">What is posted.</param>
    /// <param name="verdict">What the app's status and body mean.</param>
    /// <param name="away">What it means that nobody listens.</param>
    /// <param name="cancellationToken">The policy's timeout, or the end.</param>
    public async ValueTask<CallOutcome> PostAsync(SubscriberPost post, Func<int, byte[], CallOutcome> verdict, object away, CancellationToken cancellationToken)
    {
        using var request = Request(post);
        try
        {
            using var response = await channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return verdict((int)response.StatusCode, answer);
        }
        catch (HttpRequestException refused) when (AppChannel.IsRefused(refused))
        {
            app.MarkDown();
            return CallOutcome.Done(away);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return CallOutcome.Failed(AppChannel.Describe(fault, "POST", request.RequestUri!));
        }
    }

    private HttpRequestMessage Request(SubscriberPost post)
    {
        var content = new ByteArrayContent(post.Body);
        content.Headers.ContentType = new MediaTypeHeaderValue(post.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.AppAddress!, post.Route.StartsWith('/') ? post.Route : "/" + post.Route)) { Content = content };
        request.Headers.TryAddWithoutValidation("Pubsubname", post.Pubsub);
        request.Headers.TryAddWithoutValidation("Traceparent", post.Parent);
        if (options.AppApiToken is { } token)
            request.Headers.TryAddWithoutValidation("Dapr-Api-Token", token);
        if (post.Metadata.Length > 2)
        {
            foreach (var (name, value) in JsonSerializer.Deserialize(post.Metadata, SidecarJson.Default.DictionaryStringString)!)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
