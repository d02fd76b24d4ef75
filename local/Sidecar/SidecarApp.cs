using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Splitrail.Local.Sidecar.Configurations;
using Splitrail.Local.Sidecar.Faults;
using Splitrail.Local.Sidecar.Invocation;
using Splitrail.Local.Sidecar.PubSub;
using Splitrail.Local.Sidecar.Resiliency;
using Splitrail.Local.Sidecar.Resources;
using Splitrail.Local.Sidecar.Secrets;
using Splitrail.Local.Sidecar.State;
using Splitrail.Local.Sidecar.Storage;
using Splitrail.Telemetry;

namespace Splitrail.Local.Sidecar;

/// <summary>The embedded sidecar of one app: Dapr's HTTP API for laptops and tests. Several of them share a state folder, in one process or in many.</summary>
public static class SidecarApp
{
    /// <summary>Room for the largest header block daprd takes: 4 KiB of its own setting and 4 KiB of slack.</summary>
    private const int MaxHeaderBytes = 8 * 1024;

    /// <param name="args"><c>--app-id</c>, <c>--app-port</c>, <c>--dapr-http-port</c>, <c>--resources-path</c>, <c>--state-dir</c>.</param>
    /// <param name="configure">For tests and the laptop host.</param>
    /// <exception cref="ArgumentException">An argument is missing or wrong.</exception>
    /// <exception cref="ResourceException">A component file is broken; file, line and rule are in the message.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        builder.Logging.AddSplitrailLogging(builder.Configuration);
        configure?.Invoke(builder);
        var options = SidecarOptions.Read(builder.Configuration);
        var resources = ResourceFolder.Load(options.ResourcesPath, options.AppId);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        Register(builder.Services, options, resources);
        var app = builder.Build();
        if (options.MetricsPort != 0)
            UseMetrics(app, options.MetricsPort);
        app.Run(app.Services.GetRequiredService<ApiDispatcher>().InvokeAsync);
        return app;
    }

    /// <summary>As with daprd, a port of its own that needs no token.</summary>
    private static void UseMetrics(WebApplication app, int port)
    {
        var exporter = app.Services.GetRequiredService<PrometheusExporter>();
        exporter.Start();
        app.Use((context, next) =>
        {
            if (context.Connection.LocalPort != port)
                return next(context);
            context.Response.ContentType = ExpositionFormat.Text.ContentType();
            return context.Response.WriteAsync(exporter.Write());
        });
    }

    private static void Configure(KestrelServerOptions kestrel, SidecarOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // The APIs check the size themselves, each with the error that daprd gives.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Listen(IPAddress.Loopback, options.HttpPort);
        if (options.MetricsPort != 0)
            kestrel.Listen(IPAddress.Loopback, options.MetricsPort);
    }

    private static void Register(IServiceCollection services, SidecarOptions options, ResourceFolder resources)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<OpenLogs>().AddSingleton(options).AddSingleton(resources).AddSingleton(resources.Resiliency);
        services.AddSingleton<PrometheusExporter>().AddSingleton<SidecarMetrics>().AddSingleton<PolicyBook>().AddSingleton<AppChannel>().AddSingleton<AppWatch>();
        services.AddSingleton(provider => new AddressBook(
            options, Log(options, "apps.db", AddressBook.Schema, provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AddressBook>());
        services.AddSingleton<FaultTable>().AddSingleton<FaultApi>();
        AddState(services, options, resources);
        AddConfigurations(services, options, resources);
        AddPubSub(services, options, resources);
        services.AddSingleton<InvokeApi>().AddSingleton<MetadataApi>().AddSingleton<HealthApi>().AddSingleton<ApiDispatcher>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    private static void AddState(IServiceCollection services, SidecarOptions options, ResourceFolder resources)
    {
        services.AddSingleton<IReadOnlyDictionary<string, StateStore>>(provider =>
        {
            var specs = Of(resources, "state.").ToList();
            if (specs.Count == 0)
                return new Dictionary<string, StateStore>();
            var log = Log(options, "state.db", StateStore.Schema, provider);
            return specs.ToDictionary(spec => spec.Name, spec => new StateStore(spec, options.AppId, log, provider.GetRequiredService<TimeProvider>()));
        });
        services.AddSingleton<StateApi>().AddHostedService<StateSweep>();
    }

    private static void AddConfigurations(IServiceCollection services, SidecarOptions options, ResourceFolder resources)
    {
        services.AddSingleton<IReadOnlyDictionary<string, ConfigurationStore>>(provider =>
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<ConfigurationStore>();
            var stores = Of(resources, "configuration.").ToDictionary(spec => spec.Name, spec => new ConfigurationStore(spec, options.ResourcesPath, logger));
            foreach (var store in stores.Values)
                store.Refresh();
            return stores;
        });
        services.AddSingleton<ConfigurationPush>().AddSingleton<ConfigurationApi>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ConfigurationPush>());
        services.AddSingleton<IReadOnlyDictionary<string, SecretStore>>(
            Of(resources, "secretstores.").ToDictionary(spec => spec.Name, spec => new SecretStore(spec, options.ResourcesPath)));
        services.AddSingleton<SecretApi>();
    }

    private static IEnumerable<ComponentSpec> Of(ResourceFolder resources, string kind) =>
        resources.Components.Where(component => component.Type.StartsWith(kind, StringComparison.Ordinal));

    private static void AddPubSub(IServiceCollection services, SidecarOptions options, ResourceFolder resources)
    {
        var components = Of(resources, "pubsub.").ToDictionary(component => component.Name, component => new PubSubComponent(component));
        services.AddSingleton<IReadOnlyDictionary<string, PubSubComponent>>(components);
        services.AddKeyedSingleton("broker", (provider, _) => Log(options, "broker.db", BrokerLog.Schema, provider));
        services.AddSingleton(provider => new BrokerLog(provider.GetRequiredKeyedService<SqliteLog>("broker"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BrokerTrim(provider.GetRequiredKeyedService<SqliteLog>("broker"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AppSubscriptions>().AddSingleton<SubscriberCall>().AddSingleton<Delivery>().AddSingleton<BulkDelivery>().AddSingleton<SubscriptionHost>().AddSingleton<PublishApi>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SubscriptionHost>());
    }

    private static SqliteLog Log(SidecarOptions options, string file, string schema, IServiceProvider provider)
    {
        var log = new SqliteLog(Path.Combine(options.StateDirectory, file), schema);
        provider.GetRequiredService<OpenLogs>().Add(log);
        return log;
    }
}
