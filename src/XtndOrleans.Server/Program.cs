using XtndOrleans.Server.Hosting;

return await ServerHost.Run(args);
