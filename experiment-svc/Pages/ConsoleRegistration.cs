using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Splitrail.ExperimentSvc.Pages.Assets;
using Splitrail.ExperimentSvc.Pages.Demo;
using Splitrail.ExperimentSvc.Pages.Experiments;
using Splitrail.ExperimentSvc.Pages.Guards;
using Splitrail.ExperimentSvc.Pages.Overview;
using Splitrail.ExperimentSvc.Pages.Forms;
using Splitrail.ExperimentSvc.Pages.Merchandising;
using Splitrail.ExperimentSvc.Pages.Models;
using Splitrail.ExperimentSvc.Pages.Operation;
using Splitrail.ExperimentSvc.Pages.Results;
using Splitrail.ExperimentSvc.Pages.Settings;
using Splitrail.ExperimentSvc.Pages.SignIn;
using Splitrail.ExperimentSvc.Pages.TryIt;
using Splitrail.ExperimentSvc.Results.Trail;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>The console: what it needs, and its place in the pipeline.</summary>
internal static class ConsoleRegistration
{
    public static void AddConsole(this IServiceCollection services, ConsoleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Lockout>();
        services.AddSingleton<OneTimeLink>();
        services.AddSingleton<KeyRing>();
        // It warns of keys that are not encrypted in words that help nobody; the key ring says it in ours.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        var protection = services.AddDataProtection().SetApplicationName("splitrail-console");
        if (options.KeyCertificate is { } certificate)
            protection.ProtectKeysWithCertificate(certificate);
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>(static (keys, ring) => keys.XmlRepository = ring);
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookies =>
        {
            cookies.Cookie.Name = "splitrail-console";
            cookies.Cookie.Path = ConsolePaths.Root;
            cookies.Cookie.SameSite = SameSiteMode.Lax;
            cookies.Cookie.SecurePolicy = Policies(options);
            cookies.ExpireTimeSpan = options.SignedInFor;
            cookies.SlidingExpiration = true;
        });
        services.AddAntiforgery(forms =>
        {
            forms.FormFieldName = SentForm.TokenField;
            forms.Cookie.Name = "splitrail-console-form";
            forms.Cookie.Path = ConsolePaths.Root;
            forms.Cookie.SecurePolicy = Policies(options);
            // The policy below says it, and more.
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorComponents();
        // Each of these adds it. It would read the keys before the schema is there; the first cookie reads them early enough.
        services.Remove(services.Single(static service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService"));
        services.AddSingleton<OverviewReader>();
        services.AddSingleton<CommentStore>();
        services.AddSingleton<ExperimentPages>();
        services.AddSingleton<ResultTrail>();
        services.AddHostedService<TrailRecorder>();
        services.AddSingleton<SettingPages>();
        services.AddSingleton<ServedModelReader>();
        services.AddSingleton<ModelPages>();
        services.AddSingleton<MerchandisingPages>();
        services.AddSingleton<ServiceReader>();
        services.AddSingleton<SystemPages>();
        services.AddSingleton<TryItReader>();
        services.AddDemo();
    }

    public static void MapConsole(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(ConsolePaths.Root))
                PageHeaders.Protect(context.Response.Headers);
            return next(context);
        });
        var anybody = app.MapGroup("").ExcludeFromDescription();
        anybody.MapAssets();
        anybody.MapSignIn();
        var pages = app.MapGroup("").ExcludeFromDescription().GuardPages();
        pages.MapOverview();
        pages.MapExperimentPages();
        pages.MapExperimentForms();
        pages.MapResultPages();
        pages.MapSettingPages();
        pages.MapModelPages();
        pages.MapWeightPages();
        pages.MapRulePages();
        pages.MapSystemPage();
        pages.MapTryIt();
        pages.MapGet(ConsolePaths.Root + "/{**elsewhere}", static (Visit visit) => PageResult.Of<NoPage>(visit, status: StatusCodes.Status404NotFound));
        app.MapDemo();
    }

    private static CookieSecurePolicy Policies(ConsoleOptions options) => options.SecureCookie ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
