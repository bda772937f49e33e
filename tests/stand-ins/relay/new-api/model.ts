/** A model that some channel of the site offers to `groups`. */
export interface Model {
  id: string;
  groups: readonly string[];
  /** Without a price a model is shown in the dashboard but served to nobody. */
  price?: Price;
}

interface Price {
  vendor_id: number;
  model_ratio: number;
  completion_ratio: number;
  cache_ratio: number;
}
