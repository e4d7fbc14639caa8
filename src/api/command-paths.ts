/** Where each command is given, and whether it rests on what the caller saw. */
export const COMMAND_PATHS: Readonly<Record<string, { readonly path: string; readonly needsTag: boolean }>> =
  {
    request_supplement: { path: 'supplement-requests', needsTag: false },
    supply: { path: 'supplements', needsTag: false },
    accept: { path: 'acceptance', needsTag: true },
    record_visit: { path: 'visits', needsTag: false },
    adopt: { path: 'adoptions', needsTag: false },
    form_opinion: { path: 'opinions', needsTag: true },
    post_notice: { path: 'notices', needsTag: true },
    give_refusal_notice: { path: 'notices', needsTag: true },
    object: { path: 'objections', needsTag: false },
    county_opine: { path: 'county-opinions', needsTag: true },
    confirm: { path: 'decisions', needsTag: true },
    refuse: { path: 'decisions', needsTag: true },
    return_file: { path: 'decisions', needsTag: true },
    withdraw: { path: 'withdrawal', needsTag: false },
    extend: { path: 'extensions', needsTag: false },
    terminate: { path: 'termination', needsTag: false },
  };
