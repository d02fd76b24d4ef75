using Splitrail.Local;

return await LocalCommands.Create().Parse(args).InvokeAsync();
