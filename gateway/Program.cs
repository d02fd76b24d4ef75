await Splitrail.Gateway.GatewayApp.Build(args).RunAsync();
