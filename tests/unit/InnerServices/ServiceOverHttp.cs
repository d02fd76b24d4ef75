using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Shouldly;
using Xunit;

namespace Splitrail.Tests.Unit.InnerServices;

/// <summary>One inner service over HTTP, with a real folder of models and a stand-in for its sidecar. It looks often for what is new, so that tests need not wait.</summary>
public abstract class ServiceOverHttp : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private WebApplication _app = null!;

    private protected string Models { get; } = Directory.CreateTempSubdirectory("splitrail-models-").FullName;

    private protected FeedSidecar Sidecar { get; private set; } = null!;

    private protected HttpClient Http { get; private set; } = null!;

    /// <summary>The section of its settings.</summary>
    private protected abstract string Section { get; }

    /// <summary>What a test sets besides.</summary>
    private protected virtual IEnumerable<string> Settings => [];

    public async Task InitializeAsync()
    {
        Sidecar = await FeedSidecar.StartAsync();
        Prepare();
        _app = Build(
        [
            "--urls=http://127.0.0.1:0", $"--Dapr:HttpEndpoint={Sidecar.Address}", "--Feeds:PollInterval=00:00:00.020", "--Logging:LogLevel:Default=None",
            $"--{Section}:ModelsDirectory={Models}", $"--{Section}:ModelRetry=00:00:00.050", .. Settings,
        ]);
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
        await StartedAsync();
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Sidecar.DisposeAsync();
        Directory.Delete(Models, recursive: true);
    }

    private protected abstract WebApplication Build(string[] arguments);

    /// <summary>What is there before the service starts: models, and what its feeds say.</summary>
    private protected virtual void Prepare()
    {
    }

    private protected virtual Task StartedAsync() => Task.CompletedTask;

    private protected Task ReadyAsync() => UntilAsync(async () => (await Http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode);

    /// <summary>Inner services answer every question with 200.</summary>
    private protected async Task<TAnswer> AskAsync<TQuestion, TAnswer>(string path, TQuestion question, JsonTypeInfo<TQuestion> asked, JsonTypeInfo<TAnswer> answered)
    {
        using var response = await Http.PostAsJsonAsync(path, question, asked);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadFromJsonAsync(answered))!;
    }

    private protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        while (!await condition())
            await Task.Delay(10, deadline.Token);
    }
}
