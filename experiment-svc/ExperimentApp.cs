using Splitrail.Contracts;
using Splitrail.Dapr;
using Splitrail.ExperimentSvc.Access;
using Splitrail.ExperimentSvc.Api;
using Splitrail.ExperimentSvc.Audit;
using Splitrail.ExperimentSvc.Control;
using Splitrail.ExperimentSvc.Decisions;
using Splitrail.ExperimentSvc.Editing;
using Splitrail.ExperimentSvc.Ingestion;
using Splitrail.ExperimentSvc.Pages;
using Splitrail.ExperimentSvc.Planning;
using Splitrail.ExperimentSvc.Registry;
using Splitrail.ExperimentSvc.Schedules;
using Splitrail.ExperimentSvc.Storefront;
using Splitrail.Hosting;
using Splitrail.Sql;

namespace Splitrail.ExperimentSvc;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class ExperimentApp
{
    /// <exception cref="OptionsFaultException">The options are wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceDefaults.CreateBuilder(args, AppIds.Experiment);
        var services = builder.Services;
        var options = ExperimentOptions.From(builder.Configuration);
        services.AddSingleton(options);
        services.AddSingleton<ExperimentMetrics>();
        services.AddDapr(builder.Configuration);
        services.AddSingleton<IDependencyCheck, SidecarCheck>();
        services.AddSqlDatabase(options.Sql, ExperimentSchema.Plan);
        services.AddControlPlane();
        services.AddSingleton<UndoLookup>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<EditPreview>();
        services.AddSingleton<IRampGate, SampleRatioGate>();
        services.AddSingleton<IRampGate, GuardrailGate>();
        services.AddHostedService<ScheduleDriver>();
        services.AddDecisions();
        services.AddModelRegistry();
        services.AddOpenApi(OpenApiText.Write);
        services.ConfigureHttpJsonOptions(static json => ApiJson.AddTo(json.SerializerOptions));
        services.AddIntake(options.Ingestion);
        services.AddSingleton(options.Storefront);
        services.AddSingleton<ShopApi>();
        services.AddConsole(options.Console);
        configure?.Invoke(builder);

        var app = builder.Build().UseServiceDefaults();
        app.MapControlFeed();
        var api = app.MapGroup("").WithActor().WithKeys(options.RequireKey, options.Console.Accounts).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGroup("").WithTags("Experiments").MapExperiments();
        api.MapGroup("").WithTags("Actions").MapExperimentActions();
        api.MapGroup("").WithTags("Results").MapResults();
        api.MapGroup("").WithTags("History").MapHistory();
        api.MapGroup("").WithTags("Settings").MapSettings();
        api.MapGroup("").WithTags("Merchandising").MapRules();
        api.MapGroup("").WithTags("Merchandising").MapRankingWeights();
        api.MapGroup("").WithTags("Data").MapQuality();
        api.MapGroup("").WithTags("Data").MapImpressions();
        api.MapGroup("").WithTags("Models").MapModels();
        app.MapOpenApi(OpenApiText.Path);
        app.MapIntake();
        app.MapImpressionIntake();
        app.MapConsole();
        return app;
    }
}
