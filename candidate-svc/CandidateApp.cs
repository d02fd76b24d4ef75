using Splitrail.CandidateSvc.Embeddings;
using Splitrail.CandidateSvc.Search;
using Splitrail.CandidateSvc.Serving;
using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.Feeds;
using Splitrail.Hosting;
using Splitrail.Models;

namespace Splitrail.CandidateSvc;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class CandidateApp
{
    /// <exception cref="OptionsFaultException">The options are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceDefaults.CreateBuilder(args, AppIds.Candidate);
        var services = builder.Services;
        var options = CandidateOptions.From(builder.Configuration);
        services.AddSingleton(options);
        services.AddSingleton(new ModelStore(options.ModelsDirectory));
        services.AddSingleton<CandidateMetrics>();
        services.AddSingleton<IDependencyCheck, SidecarCheck>();
        services.AddControlFeed(builder.Configuration);
        services.AddCatalogFeed(builder.Configuration);
        services.AddSingleton<FollowedSnapshot>();
        services.AddSingleton(new SearchEngine(options.Search.Analyzer));
        services.AddSingleton(new Searcher(options.Search.Analyzer, options.Search.Synonyms));
        services.AddSingleton<ServingSearch>();
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<ServingSearch>());
        services.AddSingleton<AlikeItems>();
        services.AddHostedService<SearchKeeper>();
        services.AddSingleton<ServingEmbeddings>();
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<ServingEmbeddings>());
        services.AddHostedService<EmbeddingKeeper>();
        services.AddSingleton<ServingModel>();
        services.AddSingleton<IDependencyCheck>(static provider => provider.GetRequiredService<ServingModel>());
        services.AddHostedService<ModelKeeper>();
        configure?.Invoke(builder);

        var app = builder.Build().UseServiceDefaults();
        app.MapCandidates();
        app.MapItemLists();
        app.MapSearch();
        app.MapModelSummary();
        return app;
    }
}
